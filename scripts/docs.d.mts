/**
 * `text` with what stands between the markers `<!-- name -->` and `<!-- /name -->` replaced; throws where one is missing.
 * @public
 */
export function between(text: string, name: string, content: string): string;
