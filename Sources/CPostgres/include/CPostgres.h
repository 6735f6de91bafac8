// The part of libpq that Chargehouse uses, declared anew and found at run time.
//
// Nothing here links against libpq: cpostgres_load opens the library by path and fills the table below by name. The
// functions are the same from PostgreSQL 10 to 18 (https://www.postgresql.org/docs/current/libpq.html).
#ifndef CHARGEHOUSE_CPOSTGRES_H
#define CHARGEHOUSE_CPOSTGRES_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct cpostgres_connection_handle *cpostgres_connection;
typedef struct cpostgres_result_handle *cpostgres_result;
typedef struct cpostgres_cancel_handle *cpostgres_cancel;

/// What a connection string says of one parameter (`PQconninfoOption`).
typedef struct {
    /// NULL ends the list.
    char *_Nullable keyword;
    char *_Nullable environment_name;
    char *_Nullable compiled_value;
    char *_Nullable value;
    char *_Nullable label;
    char *_Nullable display;
    int display_size;
} cpostgres_option;

/// Receives a notice of the server.
typedef void (*cpostgres_notice_processor)(void *_Nullable context, const char *message);

/// The functions, under their own names in snake case without the prefix `PQ`.
typedef struct {
    int (*_Nonnull lib_version)(void);
    cpostgres_connection _Nullable (*_Nonnull connectdb_params)(const char *_Nullable const *_Nonnull keywords,
                                                                const char *_Nullable const *_Nonnull values,
                                                                int expand_dbname);
    cpostgres_option *_Nullable (*_Nonnull conninfo_parse)(const char *text, char *_Nullable *_Nonnull error);
    void (*_Nonnull conninfo_free)(cpostgres_option *options);
    void (*_Nonnull freemem)(void *pointer);
    void (*_Nonnull finish)(cpostgres_connection connection);
    int (*_Nonnull status)(cpostgres_connection connection);
    int (*_Nonnull transaction_status)(cpostgres_connection connection);
    const char *_Nullable (*_Nonnull error_message)(cpostgres_connection connection);
    cpostgres_notice_processor _Nullable (*_Nonnull set_notice_processor)(cpostgres_connection connection,
                                                                          cpostgres_notice_processor processor,
                                                                          void *_Nullable context);
    cpostgres_result _Nullable (*_Nonnull exec)(cpostgres_connection connection, const char *sql);
    cpostgres_result _Nullable (*_Nonnull exec_params)(cpostgres_connection connection, const char *sql, int count,
                                                       const uint32_t *_Nullable types,
                                                       const char *_Nullable const *_Nullable values,
                                                       const int *_Nullable lengths, const int *_Nullable formats,
                                                       int result_format);
    int (*_Nonnull result_status)(cpostgres_result _Nullable result);
    const char *_Nullable (*_Nonnull result_error_field)(cpostgres_result _Nullable result, int field);
    void (*_Nonnull clear)(cpostgres_result _Nullable result);
    int (*_Nonnull ntuples)(cpostgres_result result);
    int (*_Nonnull nfields)(cpostgres_result result);
    const char *_Nullable (*_Nonnull fname)(cpostgres_result result, int column);
    uint32_t (*_Nonnull ftype)(cpostgres_result result, int column);
    const char *_Nullable (*_Nonnull getvalue)(cpostgres_result result, int row, int column);
    int (*_Nonnull getlength)(cpostgres_result result, int row, int column);
    int (*_Nonnull getisnull)(cpostgres_result result, int row, int column);
    int (*_Nonnull put_copy_data)(cpostgres_connection connection, const char *bytes, int count);
    int (*_Nonnull put_copy_end)(cpostgres_connection connection, const char *_Nullable error);
    cpostgres_result _Nullable (*_Nonnull get_result)(cpostgres_connection connection);
    cpostgres_cancel _Nullable (*_Nonnull get_cancel)(cpostgres_connection connection);
    int (*_Nonnull cancel)(cpostgres_cancel cancel, char *error, int capacity);
    void (*_Nonnull free_cancel)(cpostgres_cancel cancel);
} cpostgres_api;

/// Opens a libpq and finds its functions.
///
/// The table and the library stay for the life of the process.
///
/// - path: of the library.
/// - error: receives what went wrong, at most `capacity` bytes with the ending zero.
/// - Returns the table, or NULL with `error` set.
const cpostgres_api *_Nullable cpostgres_load(const char *path, char *error, size_t capacity);

/// Connects; blocks until the server answers or the time is over. Notices of the server are dropped.
///
/// - address: a connection string or `postgresql://` address; what it says wins over `application`.
/// - password: wins over the address, the environment and the password file of libpq; NULL for theirs.
/// - timeout_s: seconds; NULL where the address or the environment says it.
/// - Returns the connection, also where it failed: its status says so. NULL where memory is short.
cpostgres_connection _Nullable cpostgres_connect(const cpostgres_api *api, const char *address,
                                                 const char *_Nullable password, const char *application,
                                                 const char *_Nullable timeout_s);

#pragma clang assume_nonnull end

#endif
