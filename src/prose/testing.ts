/** PDFs for tests, written by hand: the smallest that show text. */
import { deflateSync } from 'node:zlib';

const escaped = (text: string): string => text.replace(/[\\()]/g, '\\$&');

/** A PDF whose pages hold these lines. */
export function pdfOf(pages: readonly (readonly string[])[]): Buffer {
  return pdfWith(
    pages.map((lines) => {
      const shown = lines.map((line, i) => `1 0 0 1 50 ${760 - 14 * i} Tm (${escaped(line)}) Tj`).join('\n');
      return { filter: '', data: Buffer.from(`BT /F1 11 Tf\n${shown}\nET`, 'latin1') };
    }),
  );
}

/** A PDF of one page whose content unpacks, twice packed, to `bytes` of spaces. */
export function pdfBomb(bytes: number): Buffer {
  return pdfWith([
    { filter: '/Filter [/FlateDecode /FlateDecode] ', data: deflateSync(deflateSync(Buffer.alloc(bytes, 0x20))) },
  ]);
}

function pdfWith(contents: readonly { readonly filter: string; readonly data: Buffer }[]): Buffer {
  const kids = contents.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  const objects: Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
    ...contents.flatMap(({ filter, data }, i) => [
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`,
      ),
      Buffer.concat([Buffer.from(`<< ${filter}/Length ${data.length} >>\nstream\n`), data, Buffer.from('\nendstream')]),
    ]),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  for (const [i, object] of objects.entries()) {
    offsets.push(parts.reduce((n, p) => n + p.length, 0));
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
  }
  const at = parts.reduce((n, p) => n + p.length, 0);
  const table = offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
