#include "ifma/size_2560.h"

#include "ifma/ifma_multiply.h"
