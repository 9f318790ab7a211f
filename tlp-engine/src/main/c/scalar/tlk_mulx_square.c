#include "scalar/tlk_mulx_wide.h"
#include "tidelock_kernel.h"

void tlk_mulx_square(uint64_t *x, const uint64_t *tables, uint64_t *scratch, uint64_t limbs,
                     uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    tlk_mulx_wide_square(scratch, x, limbs);
    tlk_mulx_reduce(x, scratch, tables, limbs);
  }
}
