// Finds an array and its elements by counting brackets outside strings, 64 bytes at a time.
//
// String masks after Langdale and Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28 (2019), section 3.1.

#include <cstdlib>
#include <cstring>

#include "CSIMDJSON.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

constexpr unsigned deepest = 64;
constexpr unsigned outside_elements = 2;  // brackets around an element: the root object and its array

/// One bit for each of 64 bytes that equals `value` once the bits of `folding` are set.
inline uint64_t bits_equal(const uint8_t *bytes, uint8_t value, uint8_t folding = 0) {
    uint64_t result = 0;
#if defined(__SSE2__)
    for (int part = 0; part < 4; part++) {
        const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + 16 * part));
        const __m128i folded = _mm_or_si128(text, _mm_set1_epi8(char(folding)));
        const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(folded, _mm_set1_epi8(char(value))));
        result |= uint64_t(uint32_t(mask)) << (16 * part);
    }
#else
    // Eight bytes at a time: a byte of `differing` is zero where the text equals the value.
    constexpr uint64_t ones = 0x0101010101010101, low = 0x7F7F7F7F7F7F7F7F;
    for (int part = 0; part < 8; part++) {
        uint64_t text;
        std::memcpy(&text, bytes + 8 * part, sizeof(text));
        const uint64_t differing = (text | ones * folding) ^ (ones * value);
        const uint64_t equal = ~(((differing & low) + low) | differing | low) >> 7;
        result |= (equal * 0x0102040810204080 >> 56) << (8 * part);
    }
#endif
    return result;
}

/// Marks of one block. Bit n stands for byte n.
struct marks {
    uint64_t opening;
    uint64_t closing;
    uint64_t commas;
};

/// The state that goes from one block to the next.
struct string_state {
    bool ends_with_escape = false;
    uint64_t in_string = 0;  // all ones inside a string

    /// Bits of the bytes that follow an unescaped backslash.
    uint64_t escaped(uint64_t backslashes) {
        uint64_t result = 0;
        if (ends_with_escape) {
            result = 1;
            backslashes &= ~uint64_t(1);
            ends_with_escape = false;
        }
        while (backslashes != 0) {
            const int position = __builtin_ctzll(backslashes);
            if (position == 63) {
                ends_with_escape = true;
                break;
            }
            result |= uint64_t(1) << (position + 1);
            backslashes &= ~(uint64_t(3) << position);
        }
        return result;
    }

    marks read(const uint8_t *bytes, bool wants_commas) {
        const uint64_t backslashes = bits_equal(bytes, '\\');
        uint64_t quotes = bits_equal(bytes, '"');
        if (backslashes != 0 || ends_with_escape) quotes &= ~escaped(backslashes);
        uint64_t inside = quotes;
        inside ^= inside << 1;
        inside ^= inside << 2;
        inside ^= inside << 4;
        inside ^= inside << 8;
        inside ^= inside << 16;
        inside ^= inside << 32;
        inside ^= in_string;
        in_string = uint64_t(int64_t(inside) >> 63);
        constexpr uint8_t square_to_curly = 0x20;
        return {
            bits_equal(bytes, '{', square_to_curly) & ~inside, bits_equal(bytes, '}', square_to_curly) & ~inside,
            wants_commas ? bits_equal(bytes, ',') & ~inside : 0};
    }
};

inline bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

class scanner {
public:
    scanner(const uint8_t *bytes, size_t length, const char *name, bool allows_scalars)
        : bytes(bytes), length(length), name(name), name_length(std::strlen(name)), allows_scalars(allows_scalars) {
        result = {};
    }

    csj_scan run() {
        size_t start = skip_blanks(0, length);
        if (start == length || bytes[start] != '{') return stop(CSJ_SCAN_NO_ARRAY, start);
        string_state state;
        uint8_t rest[64];
        for (size_t base = 0; base < length; base += 64) {
            const uint8_t *text = bytes + base;
            if (length - base < 64) {
                std::memset(rest, ' ', sizeof(rest));
                std::memcpy(rest, text, length - base);
                text = rest;
            }
            const marks found = state.read(text, allows_scalars);
            uint64_t all = found.opening | found.closing | found.commas;
            while (all != 0) {
                const int bit = __builtin_ctzll(all);
                all &= all - 1;
                if (visit(base + size_t(bit))) return result;
            }
        }
        return stop(is_in_array || depth > 0 ? CSJ_SCAN_TRUNCATED : CSJ_SCAN_NO_ARRAY, length);
    }

private:
    const uint8_t *bytes;
    size_t length;
    const char *name;
    size_t name_length;
    bool allows_scalars;
    csj_scan result;
    size_t capacity = 0;
    unsigned depth = 0;
    uint64_t kinds = 0;  // one bit a level, the innermost lowest: 1 for an object
    bool is_in_array = false;
    size_t element_start = 0;
    size_t gap_start = 0;

    csj_scan stop(int32_t status, size_t position) {
        result.status = status;
        result.position = position;
        return result;
    }

    size_t skip_blanks(size_t from, size_t end) const {
        while (from < end && is_blank(bytes[from])) from++;
        return from;
    }

    /// Handles one bracket or comma outside strings. True where the scan is over.
    bool visit(size_t position) {
        const uint8_t byte = bytes[position];
        if (byte == '{' || byte == '[') return open(position, byte == '{');
        if (byte == '}' || byte == ']') return close(position, byte == '}');
        if (is_in_array && depth == 2) {
            if (!add(gap_start, position)) return true;
            gap_start = position + 1;
        }
        return false;
    }

    bool open(size_t position, bool is_object) {
        if (is_in_array && depth == 2 && !allows_scalars) {
            if (!has_separator(position, result.count > 0)) return true;
            element_start = position;
        } else if (!is_in_array && depth == 1 && !is_object && is_wanted(position)) {
            is_in_array = true;
            result.array.start = position;
            gap_start = position + 1;
        }
        if (depth == deepest) {
            stop(CSJ_SCAN_TOO_DEEP, position);
            return true;
        }
        depth++;
        kinds = kinds << 1 | (is_object ? 1 : 0);
        return false;
    }

    bool close(size_t position, bool is_object) {
        if (depth == 0 || (kinds & 1) != (is_object ? 1u : 0u)) {
            stop(CSJ_SCAN_IRREGULAR, position);
            return true;
        }
        depth--;
        kinds >>= 1;
        if (!is_in_array) {
            if (depth > 0) return false;
            stop(CSJ_SCAN_NO_ARRAY, position);
            return true;
        }
        if (depth == 2 && !allows_scalars) {
            if (!add(element_start, position + 1)) return true;
            gap_start = position + 1;
            return false;
        }
        if (depth > 1) return false;
        return finish(position);
    }

    bool finish(size_t position) {
        const bool is_empty = skip_blanks(gap_start, position) == position;
        if (allows_scalars) {
            if (!is_empty && !add(gap_start, position)) return true;
        } else if (!is_empty) {
            stop(CSJ_SCAN_IRREGULAR, gap_start);
            return true;
        }
        result.array.end = position + 1;
        stop(CSJ_SCAN_FOUND, position + 1);
        return true;
    }

    /// Whether only blanks, and one comma where there must be one, stand before an element.
    bool has_separator(size_t position, bool wants_comma) {
        size_t next = skip_blanks(gap_start, position);
        if (wants_comma && next < position && bytes[next] == ',') {
            next = skip_blanks(next + 1, position);
        } else if (wants_comma) {
            next = gap_start - 1;
        }
        if (next == position) return true;
        stop(CSJ_SCAN_IRREGULAR, gap_start);
        return false;
    }

    /// Whether the bracket at `position` is the value of the wanted key.
    bool is_wanted(size_t position) const {
        size_t end = skip_blanks_backwards(position);
        if (end == 0 || bytes[end - 1] != ':') return false;
        end = skip_blanks_backwards(end - 1);
        if (end < name_length + 3) return false;
        const size_t start = end - name_length - 2;
        return bytes[end - 1] == '"' && bytes[start] == '"' && bytes[start - 1] != '\\'
            && std::memcmp(bytes + start + 1, name, name_length) == 0;
    }

    size_t skip_blanks_backwards(size_t end) const {
        while (end > 0 && is_blank(bytes[end - 1])) end--;
        return end;
    }

    bool add(size_t start, size_t end) {
        start = skip_blanks(start, end);
        end = skip_blanks_backwards(end);
        if (result.count == capacity) {
            const size_t wanted = capacity == 0 ? 256 : capacity * 2;
            void *grown = std::realloc(result.elements, wanted * sizeof(csj_range));
            if (grown == nullptr) {
                stop(CSJ_SCAN_NO_MEMORY, start);
                return false;
            }
            result.elements = static_cast<csj_range *>(grown);
            capacity = wanted;
        }
        result.elements[result.count++] = {start, end};
        return true;
    }
};

}  // namespace

extern "C" csj_scan csj_scan_array(const uint8_t *bytes, size_t length, const char *name, int allows_scalars) {
    return scanner(bytes, length, name, allows_scalars != 0).run();
}

extern "C" void csj_scan_free(csj_scan scan) { std::free(scan.elements); }

extern "C" size_t csj_element_end(const uint8_t *bytes, size_t length, size_t start) {
    if (start >= length || bytes[start] != '{') return 0;
    string_state state;
    uint8_t rest[64];
    unsigned depth = outside_elements;
    uint64_t kinds = 0b10;  // the root object, and the array in it
    for (size_t base = start; base < length; base += 64) {
        const uint8_t *text = bytes + base;
        if (length - base < 64) {
            std::memset(rest, ' ', sizeof(rest));
            std::memcpy(rest, text, length - base);
            text = rest;
        }
        const marks found = state.read(text, false);
        uint64_t all = found.opening | found.closing;
        while (all != 0) {
            const int bit = __builtin_ctzll(all);
            all &= all - 1;
            const uint8_t byte = text[bit];
            const bool is_object = byte == '{' || byte == '}';
            if (byte == '{' || byte == '[') {
                if (depth == deepest) return 0;
                depth++;
                kinds = kinds << 1 | (is_object ? 1 : 0);
                continue;
            }
            if ((kinds & 1) != (is_object ? 1u : 0u)) return 0;
            depth--;
            kinds >>= 1;
            if (depth == outside_elements) return base + size_t(bit) + 1;
        }
    }
    return 0;
}
