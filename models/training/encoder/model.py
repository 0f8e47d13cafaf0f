"""The encoder with a linear head for each task, and its reading in eight bits while it learns."""

import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertModel


class QuantisedLinear(nn.Linear):
    """A linear layer that, when asked, rounds as the shipped int8 model does: weights per row, inputs per token."""

    rounding = False

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        if not QuantisedLinear.rounding:
            return super().forward(inputs)
        return F.linear(_rounded_rows(inputs), _rounded_rows(self.weight), self.bias)


def _straight_through(value: torch.Tensor, rounded: torch.Tensor) -> torch.Tensor:
    return value + (rounded - value).detach()


def _rounded_rows(values: torch.Tensor) -> torch.Tensor:
    """Eight bits with a scale for each row of the last dimension: an output of a layer, or a token."""
    scale = values.detach().abs().amax(dim=-1, keepdim=True).clamp(min=1e-6) / 127
    return _straight_through(values, torch.round(values / scale) * scale)


class Encoder(nn.Module):
    def __init__(self, folder: str, heads: dict[str, int]):
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
        _replace_linears(self.bert.encoder)
        size = self.bert.config.hidden_size
        self.heads = nn.ModuleDict({name: nn.Linear(size, count) for name, count in heads.items()})
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.bert(input_ids=ids, attention_mask=mask).last_hidden_state

    def vectors(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return mean_of(self.states(ids, mask), mask)


def mean_of(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    weight = mask.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1)


def span_means(states: torch.Tensor, spans: list[tuple[int, int, int, int]]) -> torch.Tensor:
    return torch.stack([states[row, start:end].mean(0) for row, _, start, end in spans])


def _replace_linears(module: nn.Module) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            own = QuantisedLinear(child.in_features, child.out_features)
            own.weight, own.bias = child.weight, child.bias
            setattr(module, name, own)
        else:
            _replace_linears(child)
