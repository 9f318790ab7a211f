#include "ifma/size_3072.h"

#include "ifma/ifma_multiply.h"
