#include "ifma/size_2048.h"

#include "ifma/ifma_square.h"
