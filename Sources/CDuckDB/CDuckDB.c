#include "CDuckDB.h"
void cduckdb_placeholder(void) {}
