#include "scalar/tlk_mulx_wide.h"
#include "tidelock_kernel.h"

void tlk_mulx_multiply(uint64_t *x, const uint64_t *factor, const uint64_t *tables,
                       uint64_t *scratch, uint64_t limbs) {
  tlk_mulx_wide_multiply(scratch, x, factor, limbs);
  tlk_mulx_reduce(x, scratch, tables, limbs);
}
