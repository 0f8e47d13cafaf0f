"""Turns the trained weights into the shipped folder: ONNX in eight bits, tokenizer, heads.

    python export.py --weights <folder written by train.py> --out <model folder>

How it is rounded stands in rounding.py; `quantise.py` measures it against other recipes.
"""

import argparse
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch

from model import Encoder
from rounding import rounded_network
from train import base_folder

TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "config.json"]


class LastStates(torch.nn.Module):
    def __init__(self, bert: torch.nn.Module):
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def load(folder: Path) -> tuple[Encoder, dict]:
    saved = torch.load(folder / "encoder.pt")
    model = Encoder(base_folder(), saved["heads"])
    model.load_state_dict(saved["weights"])
    return model.eval(), saved["labels"]


def export_plain(model: Encoder, path: Path) -> None:
    inputs = ["input_ids", "attention_mask", "token_type_ids"]
    ids = torch.randint(1000, 3000, (2, 16))
    torch.onnx.export(
        LastStates(model.bert),
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        str(path),
        input_names=inputs,
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*inputs, "last_hidden_state"]},
        opset_version=17,
        dynamo=False,
    )


def rounded(values: torch.Tensor, digits: int = 6) -> list:
    return json.loads(json.dumps(values.tolist()), parse_float=lambda text: float(f"%.{digits}g" % float(text)))


def write_heads(model: Encoder, labels: dict, path: Path) -> None:
    heads = {
        name: {
            "labels": names,
            "activation": "softmax" if name in ("sentiment", "act") else "sigmoid",
            "weight": rounded(model.heads[name].weight),
            "bias": rounded(model.heads[name].bias),
        }
        for name, names in labels.items()
    }
    path.write_text(json.dumps(heads, separators=(",", ":")) + "\n", encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    model, labels = load(args.weights)
    (args.out / "onnx").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        export_plain(model, plain)
        onnx.save(rounded_network(onnx.load(plain)), args.out / "onnx" / "model_quantized.onnx")
    for name in TOKENIZER_FILES:
        shutil.copyfile(Path(base_folder()) / name, args.out / name)
    write_heads(model, labels, args.out / "heads.json")


if __name__ == "__main__":
    main()
