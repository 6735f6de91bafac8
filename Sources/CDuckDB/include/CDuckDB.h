// The part of DuckDB's C interface that Chargehouse uses, declared anew and found at run time.
//
// Nothing here links against DuckDB: cduckdb_load opens the library by path and fills the table below by name. The
// version 1 functions are the same from DuckDB 1.2 to 2.0 (https://duckdb.org/docs/stable/clients/c/api).
#ifndef CHARGEHOUSE_CDUCKDB_H
#define CHARGEHOUSE_CDUCKDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct cduckdb_database_handle *cduckdb_database;
typedef struct cduckdb_connection_handle *cduckdb_connection;
typedef struct cduckdb_config_handle *cduckdb_config;
typedef struct cduckdb_statement_handle *cduckdb_statement;
typedef struct cduckdb_chunk_handle *cduckdb_chunk;
typedef struct cduckdb_vector_handle *cduckdb_vector;
typedef struct cduckdb_type_handle *cduckdb_type;

/// 0 is success, anything else an error.
typedef int32_t cduckdb_state;

/// A query's result. Only DuckDB reads the fields; the size (48 bytes) and the order matter, for it is passed by value.
typedef struct {
    uint64_t column_count;
    uint64_t row_count;
    uint64_t rows_changed;
    void *_Nullable columns;
    char *_Nullable error_message;
    void *_Nullable internal_data;
} cduckdb_result;

/// Days since 1970-01-01.
typedef struct {
    int32_t days;
} cduckdb_date;

/// Microseconds since 1970-01-01 UTC.
typedef struct {
    int64_t micros;
} cduckdb_timestamp;

/// A 128-bit integer.
typedef struct {
    uint64_t lower;
    int64_t upper;
} cduckdb_hugeint;

/// The functions, under their own names without the prefix `duckdb_`.
typedef struct {
    const char *_Nonnull (*_Nonnull library_version)(void);
    cduckdb_state (*_Nonnull create_config)(cduckdb_config _Nullable *_Nonnull out);
    cduckdb_state (*_Nonnull set_config)(cduckdb_config config, const char *name, const char *value);
    void (*_Nonnull destroy_config)(cduckdb_config _Nullable *_Nonnull config);
    cduckdb_state (*_Nonnull open_ext)(const char *path, cduckdb_database _Nullable *_Nonnull out, cduckdb_config config,
                              char *_Nullable *_Nonnull error);
    void (*_Nonnull close)(cduckdb_database _Nullable *_Nonnull database);
    cduckdb_state (*_Nonnull connect)(cduckdb_database database, cduckdb_connection _Nullable *_Nonnull out);
    void (*_Nonnull disconnect)(cduckdb_connection _Nullable *_Nonnull connection);
    void (*_Nonnull interrupt)(cduckdb_connection connection);
    void (*_Nonnull free)(void *pointer);
    cduckdb_state (*_Nonnull query)(cduckdb_connection connection, const char *sql, cduckdb_result *result);
    cduckdb_state (*_Nonnull prepare)(cduckdb_connection connection, const char *sql,
                             cduckdb_statement _Nullable *_Nonnull out);
    const char *_Nullable (*_Nonnull prepare_error)(cduckdb_statement statement);
    void (*_Nonnull destroy_prepare)(cduckdb_statement _Nullable *_Nonnull statement);
    uint64_t (*_Nonnull nparams)(cduckdb_statement statement);
    cduckdb_state (*_Nonnull bind_null)(cduckdb_statement statement, uint64_t index);
    cduckdb_state (*_Nonnull bind_boolean)(cduckdb_statement statement, uint64_t index, bool value);
    cduckdb_state (*_Nonnull bind_int64)(cduckdb_statement statement, uint64_t index, int64_t value);
    cduckdb_state (*_Nonnull bind_double)(cduckdb_statement statement, uint64_t index, double value);
    cduckdb_state (*_Nonnull bind_varchar_length)(cduckdb_statement statement, uint64_t index, const char *text,
                                         uint64_t length);
    cduckdb_state (*_Nonnull bind_timestamp)(cduckdb_statement statement, uint64_t index, cduckdb_timestamp value);
    cduckdb_state (*_Nonnull bind_date)(cduckdb_statement statement, uint64_t index, cduckdb_date value);
    cduckdb_state (*_Nonnull execute_prepared)(cduckdb_statement statement, cduckdb_result *result);
    void (*_Nonnull destroy_result)(cduckdb_result *result);
    const char *_Nullable (*_Nonnull result_error)(cduckdb_result *result);
    uint64_t (*_Nonnull column_count)(cduckdb_result *result);
    const char *_Nullable (*_Nonnull column_name)(cduckdb_result *result, uint64_t column);
    cduckdb_type _Nonnull (*_Nonnull column_logical_type)(cduckdb_result *result, uint64_t column);
    int32_t (*_Nonnull get_type_id)(cduckdb_type type);
    uint8_t (*_Nonnull decimal_scale)(cduckdb_type type);
    int32_t (*_Nonnull decimal_internal_type)(cduckdb_type type);
    void (*_Nonnull destroy_logical_type)(cduckdb_type _Nullable *_Nonnull type);
    cduckdb_chunk _Nullable (*_Nonnull fetch_chunk)(cduckdb_result result);
    void (*_Nonnull destroy_data_chunk)(cduckdb_chunk _Nullable *_Nonnull chunk);
    uint64_t (*_Nonnull data_chunk_get_size)(cduckdb_chunk chunk);
    cduckdb_vector _Nonnull (*_Nonnull data_chunk_get_vector)(cduckdb_chunk chunk, uint64_t column);
    void *_Nullable (*_Nonnull vector_get_data)(cduckdb_vector vector);
    uint64_t *_Nullable (*_Nonnull vector_get_validity)(cduckdb_vector vector);
} cduckdb_api;

/// Opens a DuckDB library and finds its functions.
///
/// The table and the library stay for the life of the process.
///
/// - path: of the library.
/// - companion: a library whose symbols the first one wants (the CPython library of a wheel), opened before it; NULL
///   for none.
/// - error: receives what went wrong, at most `capacity` bytes with the ending zero.
/// - Returns the table, or NULL with `error` set.
const cduckdb_api *_Nullable cduckdb_load(const char *path, const char *_Nullable companion, char *error,
                                          size_t capacity);

#pragma clang assume_nonnull end

#endif
