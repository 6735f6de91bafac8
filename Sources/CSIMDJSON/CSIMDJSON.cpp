#include "CSIMDJSON.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace {

constexpr size_t borrowed_capacity = size_t(1) << 30;  // bytes; a page is bounded far below by the fetcher
constexpr size_t borrowed_depth = 64;
constexpr size_t kept_capacity = size_t(1) << 20;  // bytes; larger buffers are freed on return
constexpr size_t smallest_capacity = 4096;

}  // namespace

struct csj_parser {
    simdjson::dom::parser dom;
    size_t max_depth;
    bool is_shared;
    bool is_busy;

    csj_parser(size_t max_capacity, size_t depth)
        : dom(max_capacity), max_depth(depth), is_shared(false), is_busy(false) {}
};

namespace {

struct parser_deleter {
    void operator()(csj_parser *parser) const { delete parser; }
};

thread_local std::unique_ptr<csj_parser, parser_deleter> thread_parser;

csj_document failed(int32_t error) { return {error, nullptr, 0, nullptr}; }

}  // namespace

extern "C" csj_parser *csj_parser_create(size_t max_capacity, size_t max_depth) {
    try {
        return new csj_parser(max_capacity, max_depth);
    } catch (...) {
        return nullptr;
    }
}

extern "C" void csj_parser_destroy(csj_parser *parser) { delete parser; }

extern "C" csj_parser *csj_parser_borrow(void) {
    if (!thread_parser) {
        thread_parser.reset(csj_parser_create(borrowed_capacity, borrowed_depth));
        if (!thread_parser) return nullptr;
        thread_parser->is_shared = true;
    }
    if (thread_parser->is_busy) return csj_parser_create(borrowed_capacity, borrowed_depth);
    thread_parser->is_busy = true;
    return thread_parser.get();
}

extern "C" void csj_parser_return(csj_parser *parser) {
    if (parser == nullptr) return;
    if (!parser->is_shared) {
        delete parser;
    } else if (parser->dom.capacity() > kept_capacity) {
        thread_parser.reset();
    } else {
        parser->is_busy = false;
    }
}

extern "C" csj_document csj_parse(csj_parser *parser, const uint8_t *bytes, size_t length) {
    try {
        if (length == 0) return failed(simdjson::EMPTY);
        if (length > parser->dom.max_capacity()) return failed(simdjson::CAPACITY);
        if (parser->dom.capacity() < length) {
            auto error = parser->dom.allocate(std::max(length, smallest_capacity), parser->max_depth);
            if (error) return failed(error);
        }
        simdjson::dom::element root;
        auto error = parser->dom.parse(bytes, length, true).get(root);
        if (error) return failed(error);
        const uint64_t *tape = parser->dom.doc.tape.get();
        return {0, tape, size_t(tape[0] & simdjson::internal::JSON_VALUE_MASK), parser->dom.doc.string_buf.get()};
    } catch (...) {
        return failed(simdjson::UNEXPECTED_ERROR);
    }
}

extern "C" const char *csj_error_message(int32_t error) {
    if (error < 0 || error >= simdjson::NUM_ERROR_CODES) return "unknown error";
    return simdjson::error_message(static_cast<simdjson::error_code>(error));
}

// Duplicate keys

namespace {

constexpr size_t pairwise_limit = 40;  // keys; above it sorting is cheaper, and safe from hostile objects

uint8_t type_of(uint64_t word) { return uint8_t(word >> 56); }
size_t payload_of(uint64_t word) { return size_t(word & 0x00FFFFFFFFFFFFFF); }

/// The index after the value at `index`.
size_t after(const uint64_t *tape, size_t index) {
    switch (type_of(tape[index])) {
    case '{':
    case '[':
        return size_t(tape[index] & 0xFFFFFFFF);
    case 'l':
    case 'u':
    case 'd':
        return index + 2;
    default:
        return index + 1;
    }
}

int compare_keys(const uint8_t *left, const uint8_t *right) {
    uint32_t left_length, right_length;
    std::memcpy(&left_length, left, 4);
    std::memcpy(&right_length, right, 4);
    if (left_length != right_length) return left_length < right_length ? -1 : 1;
    return std::memcmp(left + 4, right + 4, left_length);
}

bool has_duplicates_sorted(const uint64_t *tape, const uint8_t *strings, size_t first, size_t end, size_t count) {
    std::unique_ptr<const uint8_t *[]> keys(new (std::nothrow) const uint8_t *[count]);
    if (!keys) return true;  // an object that cannot be checked is not trusted
    size_t filled = 0;
    for (size_t index = first; index < end && filled < count; index = after(tape, index + 1)) {
        keys[filled++] = strings + payload_of(tape[index]);
    }
    std::sort(keys.get(), keys.get() + filled, [](const uint8_t *left, const uint8_t *right) {
        return compare_keys(left, right) < 0;
    });
    for (size_t index = 1; index < filled; index++) {
        if (compare_keys(keys[index - 1], keys[index]) == 0) return true;
    }
    return false;
}

bool object_has_duplicates(const uint64_t *tape, const uint8_t *strings, size_t object) {
    const uint8_t *seen[pairwise_limit];
    size_t count = 0;
    const size_t end = after(tape, object) - 1;
    for (size_t index = object + 1; index < end; index = after(tape, index + 1)) {
        const uint8_t *key = strings + payload_of(tape[index]);
        if (count < pairwise_limit) {
            for (size_t other = 0; other < count; other++) {
                if (compare_keys(seen[other], key) == 0) return true;
            }
            seen[count] = key;
        }
        count++;
    }
    return count > pairwise_limit && has_duplicates_sorted(tape, strings, object + 1, end, count);
}

}  // namespace

extern "C" int csj_has_duplicate_keys(const uint64_t *tape, const uint8_t *strings, size_t index, int is_deep) {
    if (!is_deep) return type_of(tape[index]) == '{' && object_has_duplicates(tape, strings, index);
    const size_t end = after(tape, index);
    while (index < end) {
        switch (type_of(tape[index])) {
        case '{':
            if (object_has_duplicates(tape, strings, index)) return 1;
            index += 1;
            break;
        case 'l':
        case 'u':
        case 'd':
            index += 2;
            break;
        default:
            index += 1;
        }
    }
    return 0;
}
