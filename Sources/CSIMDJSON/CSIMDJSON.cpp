extern "C" void csimdjson_placeholder(void) {}
