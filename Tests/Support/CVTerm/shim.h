#include <vterm.h>

// Bit fields are not imported.
static inline int cellBold(const VTermScreenCell *cell) { return cell->attrs.bold; }
static inline int cellUnderline(const VTermScreenCell *cell) { return cell->attrs.underline; }
static inline int cellItalic(const VTermScreenCell *cell) { return cell->attrs.italic; }
static inline int cellReverse(const VTermScreenCell *cell) { return cell->attrs.reverse; }
