#include "ifma/size_4096.h"

#include "ifma/ifma_multiply.h"
