// A C-ABI door to simdjson's DOM parser and a structural scanner for large arrays.
//
// Swift walks the parser's tape itself (simdjson, doc/tape.md): no call per value. No C++ exception leaves a function
// of this header. A tape is valid until its parser parses again, is returned or destroyed.

#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser with its buffers; used by one thread at a time.
typedef struct csj_parser csj_parser;

/// A parsed document. `error` is 0, or a number for `csj_error_message`, and then the rest is zero.
typedef struct csj_document {
    int32_t error;
    const uint64_t *tape;
    size_t tape_count;
    const uint8_t *strings;
} csj_document;

/// Creates a parser that refuses longer texts than `max_capacity` bytes and deeper ones than `max_depth` brackets;
/// NULL where there is no memory.
csj_parser *csj_parser_create(size_t max_capacity, size_t max_depth);

/// Frees a parser; NULL is allowed.
void csj_parser_destroy(csj_parser *parser);

/// The calling thread's own parser, or a new one while that one is in use; NULL where there is no memory. Depth 64.
csj_parser *csj_parser_borrow(void);

/// Gives a borrowed parser back. Large buffers are freed.
void csj_parser_return(csj_parser *parser);

/// Parses a text, which needs no padding.
csj_document csj_parse(csj_parser *parser, const uint8_t *bytes, size_t length);

/// simdjson's text for an error number.
const char *csj_error_message(int32_t error);

/// Whether an object at or below `index` of the tape (below only where `is_deep`) has the same key twice.
int csj_has_duplicate_keys(const uint64_t *tape, const uint8_t *strings, size_t index, int is_deep);

/// The bytes of one array element: half open, without the white space around it.
typedef struct csj_range {
    size_t start;
    size_t end;
} csj_range;

/// How a scan ended.
enum {
    CSJ_SCAN_FOUND = 0,
    /// The text ends inside a string or bracket.
    CSJ_SCAN_TRUNCATED = 1,
    /// The root is no object, or has no array of the wanted name.
    CSJ_SCAN_NO_ARRAY = 2,
    /// More than 64 brackets inside each other.
    CSJ_SCAN_TOO_DEEP = 3,
    /// A bracket closes another kind of bracket, or something other than objects and single commas is in the array.
    CSJ_SCAN_IRREGULAR = 4,
    CSJ_SCAN_NO_MEMORY = 5
};

/// Where the array and its elements stand. `array` includes both brackets. Free with `csj_scan_free`.
typedef struct csj_scan {
    int32_t status;
    /// Where the scan stopped.
    size_t position;
    csj_range array;
    csj_range *elements;
    size_t count;
} csj_scan;

/// Finds the array `name` of the root object and each element in it by counting brackets outside strings.
///
/// Checks nothing inside the elements but brackets and string ends, and nothing after the array.
/// With `allows_scalars`, elements can be anything between commas; the text must then be valid JSON.
csj_scan csj_scan_array(const uint8_t *bytes, size_t length, const char *name, int allows_scalars);

/// Where the element ends that starts at `start` with `{`, by the rules of `csj_scan_array`; 0 where that would stop.
size_t csj_element_end(const uint8_t *bytes, size_t length, size_t start);

/// Frees the elements of a scan.
void csj_scan_free(csj_scan scan);

#ifdef __cplusplus
}
#endif

#endif
