"""The network in eight bits, with a scale for every word, for every output of a layer and for every token that enters one.

The usual dynamic quantisation has one scale for everything that enters a layer: coarser, and a text's vector then depends
on the texts beside it. With a scale a token, texts of one length can be read together and give the same, to the bit.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RUNTIME = "com.microsoft"
#: Where zero lies among the unsigned bytes that enter a layer.
ZERO = 128


def rounded_network(model: onnx.ModelProto) -> onnx.ModelProto:
    return embeddings_by_word(layers_by_token(model))


def layers_by_token(model: onnx.ModelProto) -> onnx.ModelProto:
    """Every product with a fixed matrix in eight bits: weights with a scale an output, inputs with a scale a token."""
    graph = model.graph
    matrices = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    add_constants(graph, {"most": np.float32(127), "least": np.float32(1e-6), "one": np.float32(1)})
    add_constants(graph, {"zero": np.uint8(ZERO), "no_shift": np.int8(0)})
    nodes, rounded = [], set()
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in matrices:
            nodes.append(node)
            continue
        tokens, matrix, output = node.input[0], node.input[1], node.output[0]
        if tokens not in rounded:
            nodes += rounding_of(tokens)
            rounded.add(tokens)
        integers, scales = by_row(matrices[matrix].T)
        add_constants(graph, {f"{matrix}_bytes": np.ascontiguousarray(integers.T), f"{matrix}_scales": scales[:, 0]})
        product = [f"{tokens}_bytes", f"{matrix}_bytes", "one", f"{matrix}_scales", "zero", "no_shift"]
        nodes.append(helper.make_node("MatMulIntegerToFloat", product, [f"{output}_small"], domain=RUNTIME))
        nodes.append(helper.make_node("Mul", [f"{output}_small", f"{tokens}_scales"], [output]))
    replace_nodes(graph, nodes)
    model.opset_import.append(helper.make_opsetid(RUNTIME, 1))
    return model


def rounding_of(tokens: str) -> list[onnx.NodeProto]:
    """What enters a layer as bytes, and the scale of each token."""
    steps = [
        ("Abs", [tokens], "sizes"),
        ("ReduceMax", [f"{tokens}_sizes"], "largest"),
        ("Max", [f"{tokens}_largest", "least"], "peak"),
        ("Div", [f"{tokens}_peak", "most"], "scales"),
        ("Div", ["most", f"{tokens}_peak"], "factors"),
        ("Mul", [tokens, f"{tokens}_factors"], "stretched"),
        ("QuantizeLinear", [f"{tokens}_stretched", "one", "zero"], "bytes"),
    ]
    return [
        helper.make_node(kind, inputs, [f"{tokens}_{name}"], **({"axes": [-1]} if kind == "ReduceMax" else {}))
        for kind, inputs, name in steps
    ]


def embeddings_by_word(model: onnx.ModelProto) -> onnx.ModelProto:
    """The table of word embeddings in int8, each word times a scale of its own."""
    graph = model.graph
    table = max(graph.initializer, key=lambda one: one.dims[0] if len(one.dims) == 2 else 0)
    node = next(one for one in graph.node if one.op_type == "Gather" and one.input[0] == table.name)
    rows, scales = by_row(numpy_helper.to_array(table))
    add_constants(graph, {"word_rows": rows, "word_scales": scales})
    ids, words = node.input[1], node.output[0]
    new = [
        helper.make_node("Gather", ["word_rows", ids], ["word_integers"]),
        helper.make_node("Cast", ["word_integers"], ["word_floats"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["word_scales", ids], ["word_scales_used"]),
        helper.make_node("Mul", ["word_floats", "word_scales_used"], [words]),
    ]
    replace_nodes(graph, [part for one in graph.node for part in (new if one is node else [one])])
    return model


def by_row(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scales = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    return np.round(table / scales).astype(np.int8), scales.astype(np.float32)


def add_constants(graph: onnx.GraphProto, values: dict) -> None:
    graph.initializer.extend(numpy_helper.from_array(np.asarray(value), name) for name, value in values.items())


def replace_nodes(graph: onnx.GraphProto, nodes: list[onnx.NodeProto]) -> None:
    """Puts these nodes into the graph and takes out the constants that none of them needs any more."""
    nodes = list(nodes)
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [one for one in graph.initializer if one.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
