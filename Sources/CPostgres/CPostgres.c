#include "CPostgres.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A function of the table: the symbol's name and where its address goes.
struct entry {
    const char *symbol;
    size_t offset;
};

#define ENTRY(name, symbol) {"PQ" symbol, offsetof(cpostgres_api, name)}

static const struct entry entries[] = {
    ENTRY(lib_version, "libVersion"),
    ENTRY(connectdb_params, "connectdbParams"),
    ENTRY(conninfo_parse, "conninfoParse"),
    ENTRY(conninfo_free, "conninfoFree"),
    ENTRY(freemem, "freemem"),
    ENTRY(finish, "finish"),
    ENTRY(status, "status"),
    ENTRY(transaction_status, "transactionStatus"),
    ENTRY(error_message, "errorMessage"),
    ENTRY(set_notice_processor, "setNoticeProcessor"),
    ENTRY(exec, "exec"),
    ENTRY(exec_params, "execParams"),
    ENTRY(result_status, "resultStatus"),
    ENTRY(result_error_field, "resultErrorField"),
    ENTRY(clear, "clear"),
    ENTRY(ntuples, "ntuples"),
    ENTRY(nfields, "nfields"),
    ENTRY(fname, "fname"),
    ENTRY(ftype, "ftype"),
    ENTRY(getvalue, "getvalue"),
    ENTRY(getlength, "getlength"),
    ENTRY(getisnull, "getisnull"),
    ENTRY(put_copy_data, "putCopyData"),
    ENTRY(put_copy_end, "putCopyEnd"),
    ENTRY(get_result, "getResult"),
    ENTRY(get_cancel, "getCancel"),
    ENTRY(cancel, "cancel"),
    ENTRY(free_cancel, "freeCancel"),
};

// Every field of the table is filled: a field without an entry would be a null function.
_Static_assert(sizeof(entries) / sizeof(entries[0]) == sizeof(cpostgres_api) / sizeof(void *), "one entry a function");

const cpostgres_api *cpostgres_load(const char *path, char *error, size_t capacity) {
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(error, capacity, "%s", reason != NULL ? reason : path);
        return NULL;
    }
    cpostgres_api *api = calloc(1, sizeof(cpostgres_api));
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

static void drop_notice(void *context, const char *message) {
    (void)context;
    (void)message;
}

cpostgres_connection cpostgres_connect(const cpostgres_api *api, const char *address, const char *password,
                                       const char *application, const char *timeout_s) {
    // A later parameter wins over an earlier one; one without a value is left out.
    const char *keywords[] = {"fallback_application_name", "dbname", "client_encoding", "password", "connect_timeout", NULL};
    const char *values[] = {application, address, "UTF8", password, timeout_s, NULL};
    cpostgres_connection connection = api->connectdb_params(keywords, values, 1);
    if (connection != NULL) api->set_notice_processor(connection, drop_notice, NULL);
    return connection;
}
