"""Which rounding loses least: the recipes side by side, read one text at a time as the product does.

    python quantise.py --weights <folder written by train.py> --samples <folder written by ../samples.ts>

For each recipe: size, milliseconds a text on one thread, cosine to full precision (mean, worst of a hundred), and the
sentiment (macro recall) and first reason (share right) of the turns kept out of training.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoTokenizer

from data import Tokens
from export import export_plain, load
from measure import macro_recall
from rounding import embeddings_by_word, rounded_network
from tasks import Support
from train import base_folder


def recipes(plain: Path, folder: Path) -> dict[str, Path]:
    """The usual dynamic quantisation with one scale for all that enters a layer, and ours."""
    paths = {"full precision": plain}
    for name, options in {"one scale a matrix": {}, "one scale a row": {"per_channel": True}}.items():
        usual, apart = folder / f"usual-{len(paths)}.onnx", folder / f"apart-{len(paths)}.onnx"
        quantize_dynamic(str(plain), str(usual), weight_type=QuantType.QInt8, **options)
        layers = {"weight_type": QuantType.QInt8, "op_types_to_quantize": ["MatMul"], **options}
        quantize_dynamic(str(plain), str(folder / "layers.onnx"), **layers)
        onnx.save(embeddings_by_word(onnx.load(folder / "layers.onnx")), apart)
        paths |= {name: usual, f"{name}, and one a word": apart}
    ours = folder / "ours.onnx"
    onnx.save(rounded_network(onnx.load(plain)), ours)
    return paths | {"one scale a row, a word and a token": ours}


def read(path: Path, rows: list[list[int]]) -> tuple[np.ndarray, float]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options)
    vectors = []
    started = time.perf_counter()
    for ids in rows:
        line = np.array([ids], np.int64)
        (states,) = session.run(
            None, {"input_ids": line, "attention_mask": np.ones_like(line), "token_type_ids": np.zeros_like(line)}
        )
        vectors.append(states[0].mean(0))
    return np.stack(vectors), (time.perf_counter() - started) / len(rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", required=True, type=Path)
    parser.add_argument("--samples", required=True, type=Path)
    args = parser.parse_args()
    model, _ = load(args.weights)
    tokens = Tokens(AutoTokenizer.from_pretrained(base_folder()))
    support = Support(args.samples, tokens)
    rows = [[tokens.start, *sample.pieces[0][:94], tokens.end] for sample in support.dev]
    level = torch.tensor([sample.target["level"] for sample in support.dev]).sign() + 1
    reasons = torch.stack([sample.target["reasons"] for sample in support.dev])
    has = reasons.sum(-1) > 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        plain = folder / "plain.onnx"
        export_plain(model, plain)
        exact = None
        for recipe, path in recipes(plain, folder).items():
            vectors, seconds = read(path, rows)
            exact = vectors if exact is None else exact
            cosine = (vectors * exact).sum(1) / np.linalg.norm(vectors, axis=1) / np.linalg.norm(exact, axis=1)
            with torch.no_grad():
                sentiment = model.heads["sentiment"](torch.tensor(vectors)).argmax(-1)
                first = model.heads["reason"](torch.tensor(vectors)).argmax(-1, keepdim=True)
            print(
                f"{recipe:40} {path.stat().st_size / 1e6:6.1f} MB {seconds * 1e3:6.2f} ms "
                f"cosine {cosine.mean():.4f} {np.quantile(cosine, 0.01):.4f} "
                f"sentiment {macro_recall(level, sentiment, 3):.4f} "
                f"reason {float(reasons.gather(1, first)[has].mean()):.4f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
