#include "ifma/size_1088.h"

#include "ifma/ifma_square.h"
