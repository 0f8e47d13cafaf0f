/** A value with its units set smaller than its digits: `56 m 5 s`, `37 %`. */
export function Figure({ text }: { text: string }) {
  return (
    <>{text.split(/(\s?[a-z%]+)/).map((part, index) => (index % 2 === 1 ? <small key={index}>{part}</small> : part))}</>
  );
}
