/** Why no answer came, as one sentence. */
import { VirgaError } from '../model/errors.ts';
import { ClosedAddress } from './lookup.ts';
import { sayUrl } from './url.ts';

/** What the client threw, as a failure of the world; our own errors stay what they are. */
export function failure(error: unknown, url: URL): unknown {
  if (error instanceof VirgaError || !(error instanceof Error)) return error;
  const cause = error.cause instanceof Error ? error.cause : error;
  if (cause instanceof ClosedAddress)
    return new VirgaError('outbound.refused', `${sayUrl(url)}: ${cause.message}.`, { cause: error });
  if (error.name === 'TimeoutError' || /TIMEOUT/.test(codeOf(cause)))
    return new VirgaError('outbound.timeout', `${sayUrl(url)} did not answer in time.`, { cause: error });
  const why = codeOf(cause) || cause.message;
  return new VirgaError('outbound.unreachable', `${sayUrl(url)} could not be asked (${why}).`, { cause: error });
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
