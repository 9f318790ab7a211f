#include "ifma/size_1536.h"

#include "ifma/ifma_square.h"
