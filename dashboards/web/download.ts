/** Hands the reader a file made in the page. */
export function downloadFile(name: string, content: Blob | string, type = 'text/csv;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the data by the next turn of the event loop.
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}
