#include "tidelock_kernel.h"

uint32_t tlk_abi_version(void) { return TLK_ABI_VERSION; }
