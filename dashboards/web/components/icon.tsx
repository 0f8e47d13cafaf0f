/** Line drawings on a grid of 24, one path each. */
const drawings = {
  overview: 'M4 20V10m5.300 10V4M14.700 20v-7M20 20V8',
  conversations: 'M4 5h12v9H9l-4 3.500V14H4zM19 9h1v9h-1v3l-4-3h-4',
  reasons: 'M4 6h16M4 12h11M4 18h6',
  sql: 'M5 6l5 6-5 6M12.500 18H20',
  sources: 'M12 3v10m0 0l-4-4m4 4l4-4M4 15v4.500h16V15',
  definitions: 'M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM5 17a3 3 0 013-3h11M9 8h6',
  customers: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.500 20c.800-4 3.800-6 7.500-6s6.700 2 7.500 6',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16 16l4.500 4.500',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  sun: 'M12 16a4 4 0 100-8 4 4 0 000 8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  moon: 'M20 14.500A8.500 8.500 0 019.500 4 8.500 8.500 0 1020 14.500z',
  device: 'M4 5h16v11H4zM9 20h6M12 16v4',
  down: 'M6 9l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  filter: 'M4 6h16M7 12h10M10 18h4',
  export: 'M12 15V4m0 0L8 8m4-4l4 4M5 14v6h14v-6',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  alert: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.200',
  undo: 'M8 5L4 9l4 4M4 9h10a5.500 5.500 0 010 11h-3',
  link: 'M10 14a4 4 0 005.700.400l3-3a4 4 0 00-5.700-5.700l-1 1M14 10a4 4 0 00-5.700-.400l-3 3A4 4 0 0011 18.300l1-1',
  play: 'M7 5l12 7-12 7z',
  voice:
    'M6 3.500h3l1.500 4.500-2 1.500a12 12 0 006 6l1.500-2 4.500 1.500v3c0 1.400-1.100 2.500-2.500 2.500C10.600 20.500 3.500 13.400 3.500 6A2.500 2.500 0 016 3.500z',
  video: 'M3.500 7h11v10h-11zM14.500 11l6-3.500v9l-6-3.500',
  message: 'M4 5h16v11H11l-5 4v-4H4zM8 9h8M8 12.500h5',
  email: 'M3.500 6h17v12h-17zM3.500 7l8.500 6.500L20.500 7',
  chat: 'M4 5h16v11H11l-5 4v-4H4z',
  social: 'M4 13a8 8 0 0116 0M12 17v-4a2.500 2.500 0 112.500 2.500M4 13a8 8 0 0012 6.900M20 13v1a2.500 2.500 0 01-5 0',
  form: 'M6 3.500h12v17H6zM9 8h6M9 12h6M9 16h3',
  store: 'M4 10l1.500-5h13L20 10M5 10v10h14V10M4 10h16M10 20v-5h4v5',
  bot: 'M6 9h12v10H6zM12 9V5M10 5h4M9.500 13v1.500M14.500 13v1.500',
} as const;

export type IconName = keyof typeof drawings;

/** A picture beside words; it says nothing of its own, so it is hidden from assistive technology. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}

/** The mark of the product: two lines that cross. */
export function BrandMark() {
  return (
    <svg
      class="brand-mark"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2.600"
      aria-hidden="true"
    >
      <path d="M2 7h7c5 0 4.500 10 9.500 10H22" stroke-linecap="round" />
      <path
        d="M2 17h7c1.700 0 2.800-1.200 3.600-2.800M15 8.600C15.900 7.600 17 7 18.500 7H22"
        stroke-linecap="round"
        opacity=".55"
      />
    </svg>
  );
}
