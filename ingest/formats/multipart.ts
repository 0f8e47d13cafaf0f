/** The first line of a form that is sent as `multipart/form-data`, and the first of the headers of a part. */
const START = /^\s*--([^\r\n]{1,200})\r?\n(?=content-)/i;
const NAMED = /^content-disposition:[ \t]*form-data\b.*?;[ \t]*name="((?:[^"\\]|\\.)*)"/im;
const FILE = /^content-disposition:[ \t]*form-data\b.*?;[ \t]*filename="((?:[^"\\]|\\.)*)"/im;

/**
 * The fields of a form that is sent as `multipart/form-data`, in their order; of a file its name. Undefined where the text
 * is none, e.g. fields in one line.
 */
export function multipartFields(text: string): [name: string, value: string][] | undefined {
  const boundary = START.exec(text)?.[1];
  if (boundary === undefined) return undefined;
  const fields = text.split(`--${boundary}`).flatMap((part): [string, string][] => {
    const [, head = '', body = ''] = /^\r?\n([^]*?)\r?\n\r?\n([^]*?)(?:\r?\n)?$/.exec(part) ?? [];
    const name = NAMED.exec(head)?.[1];
    return name === undefined ? [] : [[name, FILE.exec(head)?.[1] ?? body]];
  });
  return fields.length === 0 ? undefined : fields;
}
