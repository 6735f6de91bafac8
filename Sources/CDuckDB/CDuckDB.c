#include "CDuckDB.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A function of the table: the symbol's name and where its address goes.
struct entry {
    const char *symbol;
    size_t offset;
};

#define ENTRY(name) {"duckdb_" #name, offsetof(cduckdb_api, name)}

static const struct entry entries[] = {
    ENTRY(library_version),
    ENTRY(create_config),
    ENTRY(set_config),
    ENTRY(destroy_config),
    ENTRY(open_ext),
    ENTRY(close),
    ENTRY(connect),
    ENTRY(disconnect),
    ENTRY(interrupt),
    ENTRY(free),
    ENTRY(query),
    ENTRY(prepare),
    ENTRY(prepare_error),
    ENTRY(destroy_prepare),
    ENTRY(nparams),
    ENTRY(bind_null),
    ENTRY(bind_boolean),
    ENTRY(bind_int64),
    ENTRY(bind_double),
    ENTRY(bind_varchar_length),
    ENTRY(bind_timestamp),
    ENTRY(bind_date),
    ENTRY(execute_prepared),
    ENTRY(destroy_result),
    ENTRY(result_error),
    ENTRY(column_count),
    ENTRY(column_name),
    ENTRY(column_logical_type),
    ENTRY(get_type_id),
    ENTRY(decimal_scale),
    ENTRY(decimal_internal_type),
    ENTRY(destroy_logical_type),
    ENTRY(fetch_chunk),
    ENTRY(destroy_data_chunk),
    ENTRY(data_chunk_get_size),
    ENTRY(data_chunk_get_vector),
    ENTRY(vector_get_data),
    ENTRY(vector_get_validity),
};

// Every field of the table is filled: a field without an entry would be a null function.
_Static_assert(sizeof(entries) / sizeof(entries[0]) == sizeof(cduckdb_api) / sizeof(void *), "one entry a function");
_Static_assert(sizeof(cduckdb_result) == 48, "the result is passed by value");

const cduckdb_api *cduckdb_load(const char *path, const char *companion, char *error, size_t capacity) {
    if (companion != NULL && dlopen(companion, RTLD_NOW | RTLD_GLOBAL) == NULL) {
        const char *reason = dlerror();
        snprintf(error, capacity, "%s", reason != NULL ? reason : companion);
        return NULL;
    }
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(error, capacity, "%s", reason != NULL ? reason : path);
        return NULL;
    }
    cduckdb_api *api = calloc(1, sizeof(cduckdb_api));
    if (api == NULL) {
        snprintf(error, capacity, "out of memory");
        return NULL;
    }
    for (size_t index = 0; index < sizeof(entries) / sizeof(entries[0]); index++) {
        void *address = dlsym(library, entries[index].symbol);
        if (address == NULL) {
            snprintf(error, capacity, "%s has no function %s", path, entries[index].symbol);
            free(api);
            dlclose(library);
            return NULL;
        }
        memcpy((char *)api + entries[index].offset, &address, sizeof(address));
    }
    return api;
}
