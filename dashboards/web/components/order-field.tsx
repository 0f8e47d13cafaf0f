interface OrderFieldProps<T extends string> {
  readonly value: T;
  /** Each order with its title. */
  readonly orders: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
}

/** In which order a list stands. */
export function OrderField<T extends string>({ value, orders, onChange }: OrderFieldProps<T>) {
  return (
    <select
      class="field"
      aria-label="Order"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as T)}
    >
      {Object.entries<string>(orders).map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  );
}
