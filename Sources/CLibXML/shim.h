#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

// `xmlFree` is a mutable global function pointer, which Swift 6 refuses to read.
static inline void courant_xml_free(void *memory) { xmlFree(memory); }

// Nothing else belongs in this file.
