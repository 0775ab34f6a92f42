import Files
import Glibc

exit(Program.run(commandLineArguments()))
