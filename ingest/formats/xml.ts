import { Parser } from 'htmlparser2';
import type { Loose } from './value.ts';

type Element = { [name: string]: unknown };

/**
 * The elements of an XML document as objects by name: text where an element holds text only, a list where a name repeats.
 * Attributes are left out, and no entity is looked up outside the document. Throws where nothing is an element.
 */
export function parseXml(text: string): Loose {
  const root: Element = {};
  const open: { name: string; element: Element; text: string }[] = [{ name: '', element: root, text: '' }];
  const parser = new Parser(
    {
      onopentagname: (name) => void open.push({ name, element: {}, text: '' }),
      ontext: (given) => void (open.at(-1)!.text += given),
      onclosetag: () => {
        const { name, element, text: content } = open.pop()!;
        add(open.at(-1)!.element, name, Object.keys(element).length > 0 ? element : content.trim());
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (Object.keys(root).length === 0) throw new Error('invalid XML: expected an element');
  return root;
}

function add(parent: Element, name: string, value: unknown): void {
  const earlier = Object.hasOwn(parent, name) ? parent[name] : undefined;
  const next =
    earlier === undefined ? value : [...(Array.isArray(earlier) ? (earlier as unknown[]) : [earlier]), value];
  Object.defineProperty(parent, name, { value: next, enumerable: true, configurable: true, writable: true });
}
