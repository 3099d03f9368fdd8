import type { Format } from '../../format.ts';
import {
  cloudflareGatewayDns,
  cloudflareGatewayHttp,
  cloudflareGatewayNetwork,
  cloudflareNetworkAnalytics,
} from './zero-trust.ts';
import { cloudflareDns, cloudflareHttp, cloudflareSpectrum } from './zone.ts';

export const cloudflare: readonly Format[] = [
  cloudflareDns,
  cloudflareGatewayDns,
  cloudflareGatewayHttp,
  cloudflareSpectrum,
  cloudflareHttp,
  cloudflareNetworkAnalytics,
  cloudflareGatewayNetwork,
];
