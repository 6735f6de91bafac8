void cduckdb_placeholder(void);
