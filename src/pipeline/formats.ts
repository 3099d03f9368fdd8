import { type Listing, listing } from '../reports/listing.ts';
import { formats } from '../telemetry/formats/index.ts';

/** Every log format that is read, with what it sees and what it is blind to. */
export const formatListing = (): Listing =>
  listing(
    formats.map((f) => ({
      id: f.id,
      vendor: f.vendor,
      product: f.product,
      record: f.record,
      sees: f.sees,
      blindTo: f.blindTo,
    })),
    ['id', 'record', 'sees', 'blindTo'],
  );
