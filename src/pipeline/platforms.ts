import { platforms } from '../platforms/catalogue/index.ts';
import { type Listing, listing } from '../reports/listing.ts';

/** The catalogue of platforms as rows for people and as data. */
export const platformListing = (): Listing =>
  listing(
    platforms.map((p) => ({
      id: p.id,
      provider: p.provider,
      product: p.product,
      kind: p.kind,
      suffixes: p.suffixes,
      tenant_in_path: p.paths.some((rule) => rule.names === 'tenant'),
      shared_addresses: p.sharedAddresses,
      confidence: p.confidence,
      sources: p.sources.map((s) => `${s.where} (${s.checked})`),
      blind_to: p.blindTo,
    })),
    ['id', 'product', 'kind', 'suffixes', 'tenant_in_path', 'confidence'],
  );
