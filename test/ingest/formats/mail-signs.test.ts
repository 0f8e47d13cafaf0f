import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAutomatic } from '../../../ingest/formats/mail-signs.ts';

const withHeaders =
  (headers: Readonly<Record<string, string | undefined>>) =>
  (name: string): string | undefined =>
    headers[name];

test('machines, absence notes and mailings are automatic', () => {
  for (const headers of [
    { 'auto-submitted': 'auto-replied (vacation)' },
    { 'x-autoreply': 'yes' },
    { precedence: 'bulk' },
    { 'list-unsubscribe': '<mailto:leave@news.example.net>' },
    { 'x-auto-response-suppress': 'All' },
    { subject: 'Report Domain: shop.example.com Submitter: mail.example.net Report-ID: <2026.03.10>' },
  ])
    assert.equal(isAutomatic(withHeaders(headers), 'customer'), true, JSON.stringify(headers));
});

test('people are not', () => {
  for (const headers of [
    {},
    { 'auto-submitted': 'no' },
    { 'x-autoreply': 'no' },
    { subject: 'Report domain trouble' },
    { precedence: 'list', 'list-id': '<help.example.com>', 'x-google-group-id': '12' },
  ])
    assert.equal(isAutomatic(withHeaders(headers), 'customer'), false, JSON.stringify(headers));
});

test('helpdesks suppress answers to what their agents write', () => {
  assert.equal(isAutomatic(withHeaders({ 'x-auto-response-suppress': 'All' }), 'agent'), false);
});
