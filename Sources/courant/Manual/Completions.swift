import App
import Files
import Settings
import Writing

/// Completion scripts for shells, made from the tables of verbs and options.
@MainActor
package enum Completions {
  package enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

  package static func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  /// The values that an option may have; empty where they cannot be listed.
  private static func values(of option: Option) -> [String] {
    switch option {
    case .theme: ["auto"] + themeNames(folder: "/nonexistent")
    case .format: StoryFormat.allCases.map(\.rawValue)
    default: []
    }
  }

  private static func takesFile(_ option: Option) -> Bool { option.value == "FILE" }

  /// The words that may follow a verb; `nil` where files may.
  private static func operands(of verb: Verb) -> [String]? {
    switch verb {
    case .help: Verb.allCases.map(\.rawValue)
    case .completions: Shell.allCases.map(\.rawValue)
    case .add, .parse, .backup, .restore: nil
    default: []
    }
  }

  // MARK: - bash

  /// Files are left to bash itself, which knows how names with spaces and open quotes are written;
  /// only where verbs stand among them are they looked for here.
  private static var bash: String {
    let verbs = Verb.allCases.map(\.rawValue)
    let valued = Option.allCases.filter { $0.value != nil }
    var out = """
      # bash completion for courant: courant completions bash > FILE, and source FILE.
      _courant() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb= each skips=
        COMPREPLY=()
        # --format=json comes as three words.
        if [[ $word == = ]]; then
          word=
        elif [[ $before == = ]]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          if [[ -n $skips ]]; then
            [[ $each == = ]] || skips=
            continue
          fi
          case $each in
            \(valued.map { "--\($0.rawValue)" }.joined(separator: "|"))) skips=yes ;;
            \(verbs.joined(separator: "|"))) verb=$each; break ;;
          esac
        done
        local options= words= files=
        case $before in

      """
    for option in valued {
      let answer =
        takesFile(option)
        ? "compopt -o default 2>/dev/null"
        : "COMPREPLY=($(compgen -W '\(values(of: option).joined(separator: " "))' -- \"$word\"))"
      out += "    --\(option.rawValue)) \(answer); return ;;\n"
    }
    out += "  esac\n  case $verb in\n"
    for verb in Verb.allCases {
      let options = (verb.options + Option.everywhere).map { "--\($0.rawValue)" }
      let operands = operands(of: verb)
      out += "    \(verb.rawValue)) options='\(options.joined(separator: " "))'"
      out += operands.map { " words='\($0.joined(separator: " "))'" } ?? " files=yes"
      out += " ;;\n"
    }
    let everywhere = Option.everywhere.map { "--\($0.rawValue)" }.joined(separator: " ")
    out += "    *) options='\(everywhere)' words='\(verbs.joined(separator: " "))' files=yes ;;\n"
    return out + """
        esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
          return
        fi
        COMPREPLY=($(compgen -W "$words" -- "$word"))
        if [[ -n $files && ${#COMPREPLY[@]} -gt 0 ]]; then
          local IFS=$'\\n'
          compopt -o filenames 2>/dev/null
          COMPREPLY+=($(compgen -f -- "$word"))
        elif [[ -n $files ]]; then
          compopt -o default 2>/dev/null
        fi
      }
      complete -F _courant courant

      """
  }

  // MARK: - zsh

  private static var zsh: String {
    var out = "#compdef courant\n"
    out +=
      "# zsh completion for courant: courant completions zsh > _courant, in a folder of $fpath.\n"
    out += "_courant() {\n  local -a verbs valued everywhere options\n"
    out += "  local verb each skips\n  verbs=(\n"
    for verb in Verb.allCases { out += "    '\(verb.rawValue):\(single(verb.words))'\n" }
    out += "  )\n  everywhere=(\n"
    for option in Option.everywhere { out += "    \(zshSpec(option))\n" }
    let valued = Option.allCases.filter { $0.value != nil }.map { "--\($0.rawValue)" }
    out += "  )\n  valued=(\(valued.joined(separator: " ")))\n"
    out += """
        for each in ${words[2,CURRENT-1]}; do
          if [[ -n $skips ]]; then
            skips=
          elif (( ${valued[(Ie)$each]} )); then
            skips=yes
          elif (( ${verbs[(I)${(b)each}:*]} )); then
            verb=$each
            break
          fi
        done
        case $verb in

      """
    for verb in Verb.allCases {
      out += "    \(verb.rawValue)) options=(\n"
      for option in verb.options { out += "      \(zshSpec(option))\n" }
      switch operands(of: verb) {
      case nil: out += "      '*:file:_files'\n"
      case let words? where !words.isEmpty:
        out += "      '1: :' '2:word:(\(words.joined(separator: " ")))'\n"
      default: out += "      '*: :'\n"
      }
      out += "    ) ;;\n"
    }
    return out + """
          *)
            [[ -n $skips ]] || _describe -t verbs verb verbs
            options=('*:file:_files') ;;
        esac
        _arguments $everywhere $options
      }
      if [[ $funcstack[1] == _courant ]]; then _courant "$@"; else compdef _courant courant; fi

      """
  }

  /// `'--width=[wrap lines at N columns]:N:'`.
  private static func zshSpec(_ option: Option) -> String {
    let words = single(option.words)
    guard let value = option.value else { return "'--\(option.rawValue)[\(words)]'" }
    let values = values(of: option)
    let action =
      takesFile(option)
      ? "_files" : values.isEmpty ? " " : "(\(values.joined(separator: " ")))"
    return "'--\(option.rawValue)=[\(words)]:\(value):\(action)'"
  }

  /// Words that may stand between single quotes and in zsh's brackets.
  private static func single(_ words: String) -> String {
    words.flatMap { character -> String in
      switch character {
      case "'": "’"
      case "[", "]", ":": "\\\(character)"
      default: String(character)
      }
    }.reduce(into: "") { $0.append($1) }
  }

  // MARK: - fish

  private static var fish: String {
    let verbs = Verb.allCases.map(\.rawValue).joined(separator: " ")
    var out = "# fish completion for courant: courant completions fish > "
    out += "~/.config/fish/completions/courant.fish\n"
    out += "set -l verbs \(verbs)\n"
    for verb in Verb.allCases {
      out += "complete -c courant -n \"not __fish_seen_subcommand_from $verbs\""
      out += " -a \(verb.rawValue) -d '\(fishText(verb.words))'\n"
    }
    for option in Option.everywhere { out += "complete -c courant \(fishSpec(option))\n" }
    for verb in Verb.allCases {
      let condition = "-n '__fish_seen_subcommand_from \(verb.rawValue)'"
      for option in verb.options { out += "complete -c courant \(condition) \(fishSpec(option))\n" }
      if let words = operands(of: verb) {
        let list = words.isEmpty ? "" : " -a '\(words.joined(separator: " "))'"
        out += "complete -c courant \(condition) -f\(list)\n"
      }
    }
    return out
  }

  private static func fishSpec(_ option: Option) -> String {
    var spec = "-l \(option.rawValue) -d '\(fishText(option.words))'"
    guard option.value != nil else { return spec }
    spec += takesFile(option) ? " -r -F" : " -x"
    let values = values(of: option)
    return values.isEmpty ? spec : spec + " -a '\(values.joined(separator: " "))'"
  }

  private static func fishText(_ words: String) -> String {
    words.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
  }
}
