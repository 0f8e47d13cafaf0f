"""Word embeddings in eight bits with a scale for every word."""

import numpy as np
import onnx
from onnx import helper, numpy_helper


def embeddings_by_row(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with its table of word embeddings in int8, each row times a scale of its own."""
    graph = model.graph
    table = max(graph.initializer, key=lambda one: one.dims[0] if one.dims else 0)
    node = next(one for one in graph.node if one.op_type == "Gather" and one.input[0] == table.name)
    rows, scales = _by_row(numpy_helper.to_array(table))
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(rows, "word_rows"))
    graph.initializer.append(numpy_helper.from_array(scales, "word_scales"))
    ids, words = node.input[1], node.output[0]
    new = [
        helper.make_node("Gather", ["word_rows", ids], ["word_integers"]),
        helper.make_node("Cast", ["word_integers"], ["word_floats"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", ["word_scales", ids], ["word_scales_used"]),
        helper.make_node("Mul", ["word_floats", "word_scales_used"], [words]),
    ]
    at = list(graph.node).index(node)
    graph.node.remove(node)
    for offset, one in enumerate(new):
        graph.node.insert(at + offset, one)
    return model


def _by_row(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scales = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    return np.round(table / scales).astype(np.int8), scales.astype(np.float32)
