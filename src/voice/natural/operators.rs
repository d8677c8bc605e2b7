//! The operators that the voice's models are made of: the linker leaves out all others, about a megabyte of code.

use rten::{ModelOptions, OpRegistry, op_registry};

/// How models are loaded. A model with an operator that is not named here is of another kind and does not load.
pub fn model_options() -> ModelOptions {
    ModelOptions::with_ops(operators())
}

/// Of `hibari.onnx` and `oov.onnx` together, as their graphs name them.
fn operators() -> OpRegistry {
    op_registry!(
        Add,
        ArgMax,
        Cast,
        Clip,
        Concat,
        Conv,
        CumSum,
        Div,
        DynamicQuantizeLinear,
        Erf,
        Exp,
        Gather,
        GreaterOrEqual,
        LayerNormalization,
        Log,
        MatMul,
        MatMulInteger,
        Mul,
        Pow,
        Range,
        ReduceSum,
        Relu,
        Reshape,
        Round,
        Shape,
        Slice,
        Softmax,
        Split,
        Sub,
        Tile,
        Transpose,
        Unsqueeze
    )
}
