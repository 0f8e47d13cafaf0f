import { OrderField } from '../../components/order-field.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { churnBands, customerOrders, type ChurnBand, type CustomerListState } from '../../customer-query.ts';

interface CustomerToolsProps {
  readonly state: CustomerListState;
  readonly onChange: (state: CustomerListState) => void;
}

/** Search, risk bands and order. */
export function CustomerTools({ state, onChange }: CustomerToolsProps) {
  return (
    <div class="list-tools">
      <SearchField
        label="Name, address, phone number or id"
        text={state.text}
        onChange={(text) => onChange({ ...state, text })}
      />
      {Object.entries(churnBands).map(([band, title]) => (
        <Toggle
          key={band}
          title={title}
          isOn={state.band === band}
          onToggle={(isOn) => onChange({ ...state, band: isOn ? (band as ChurnBand) : undefined })}
        />
      ))}
      <span class="list-tools-end">
        <OrderField value={state.sort} orders={customerOrders} onChange={(sort) => onChange({ ...state, sort })} />
      </span>
    </div>
  );
}
