/**
 * The text of each block marked `sh`, in order; a block that is not closed is an error.
 * @public
 */
export function blocks(markdown: string): string[];
