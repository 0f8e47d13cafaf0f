import { Page } from '../components/page.tsx';
import { Empty } from '../components/states.tsx';

export function Missing() {
  return (
    <Page title="Not found">
      <section class="panel">
        <Empty title="There is no page at this address">
          Go to the <a href="/">Overview</a>, or press <kbd>Ctrl K</kbd> to find anything.
        </Empty>
      </section>
    </Page>
  );
}
