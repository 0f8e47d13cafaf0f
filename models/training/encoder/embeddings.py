"""Word embeddings in eight bits with a scale for every word."""

import numpy as np
import onnx
from onnx import helper, numpy_helper


def embeddings_by_row(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with its fused embedding node taken apart: rows in int8 times a scale each, places and types in one
    small table of full precision, then the same layer norm."""
    graph = model.graph
    tables = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    node = next(one for one in graph.node if one.op_type == "EmbedLayerNormalization")
    ids, _, word, place, kind, gamma, beta, *_ = node.input
    rows, scales = _by_row(tables[word])
    # Texts have one segment only, so its vector is added to every place once and for all.
    places = tables[place] + tables[kind][0]
    _replace(graph, word, rows, "word_rows")
    graph.initializer.append(numpy_helper.from_array(scales, "word_scales"))
    _replace(graph, place, places.astype(np.float32), "places")
    _remove(graph, kind)
    new = [
        helper.make_node("Gather", ["word_rows", ids], ["word_integers"]),
        helper.make_node("Cast", ["word_integers"], ["word_floats"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", ["word_scales", ids], ["scales"]),
        helper.make_node("Mul", ["word_floats", "scales"], ["words"]),
        helper.make_node("Shape", [ids], ["length"], start=1, end=2),
        helper.make_node("Slice", ["places", "zero", "length", "zero"], ["places_used"]),
        helper.make_node("Add", ["words", "places_used"], ["embedded"]),
        helper.make_node(
            "LayerNormalization", ["embedded", gamma, beta], [node.output[0]], epsilon=1e-12, axis=-1
        ),
    ]
    graph.initializer.append(numpy_helper.from_array(np.array([0], np.int64), "zero"))
    _drop_unused_mask(graph, node)
    at = list(graph.node).index(node)
    graph.node.remove(node)
    for offset, one in enumerate(new):
        graph.node.insert(at + offset, one)
    return model


def _by_row(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scales = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    return np.round(table / scales).astype(np.int8), scales.astype(np.float32)


def _remove(graph: onnx.GraphProto, name: str) -> None:
    for one in list(graph.initializer):
        if one.name == name:
            graph.initializer.remove(one)


def _replace(graph: onnx.GraphProto, old: str, values: np.ndarray, name: str) -> None:
    _remove(graph, old)
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))


def _drop_unused_mask(graph: onnx.GraphProto, node: onnx.NodeProto) -> None:
    """The count of unmasked tokens, which the attention nodes take as their mask."""
    if len(node.output) < 2 or not node.output[1]:
        return
    mask = node.input[7]
    graph.node.insert(
        list(graph.node).index(node),
        helper.make_node("ReduceSum", [mask, "last_axis"], [node.output[1]], keepdims=0),
    )
    graph.initializer.append(numpy_helper.from_array(np.array([1], np.int64), "last_axis"))
