/** The whole list as a file, under the same filters. */
export function ExportLinks({ list, search }: { readonly list: string; readonly search: string }) {
  return (
    <span class="exports">
      {['csv', 'json', 'ndjson'].map((format) => (
        <a key={format} href={`api/export/${list}.${format}${search}`} download>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
