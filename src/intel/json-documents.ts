/** JSON as feeds write it: one document, or one in each line. */
import { parseJson } from '../model/json.ts';

type Parsed =
  /** `line` where each line is a document of its own. */
  { readonly document: unknown; readonly line: number | null } | { readonly fault: string; readonly line: number };

/** The whole text, or each of its lines where the whole is no document. */
export function* documentsOf(text: string): Generator<Parsed> {
  try {
    yield { document: parseJson(text), line: null };
    return;
  } catch (error) {
    const lines = text.split('\n');
    if (lines.length < 2 || !/^\s*[{[].*[}\]]\s*$/.test(lines.find((line) => line.trim() !== '') ?? '')) {
      yield { fault: messageOf(error), line: 1 };
      return;
    }
    for (const [i, line] of lines.entries()) if (line.trim() !== '') yield parsedLine(line, i + 1);
  }
}

function parsedLine(text: string, line: number): Parsed {
  try {
    return { document: parseJson(text), line };
  } catch (error) {
    return { fault: messageOf(error), line };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');
