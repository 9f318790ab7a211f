#include "ifma/size_1024.h"

#include "ifma/ifma_square.h"
