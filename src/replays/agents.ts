import type { Agent } from './visit.ts';

/** User agents of autumn 2026; all JA4 values but Chrome's and Go's are made up to the right shape. */
export const agents = {
  chrome: {
    name: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/154.0.0.0 Safari/537.36',
    ja4: 't13d1516h2_8daaf6152771_02713d6af862',
  },
  firefox: {
    name: 'Mozilla/5.0 (X11; Linux x86_64; rv:156.0) Gecko/20100101 Firefox/156.0',
    ja4: 't13d1617h2_46e7e9700bed_3cbfd9057e0d',
  },
  windows: { name: 'Microsoft-Delivery-Optimization/10.1', ja4: 't12d2108h1_76e208dd3e22_ac7e2b9d4f10' },
  curl: { name: 'curl/8.14.1', ja4: 't13d3112h2_e8f1e7e78f70_9f52a1c6de04' },
  go: { name: 'Go-http-client/2.0', ja4: 't13d190900_9dc949149365_97f8aa674fd9' },
  python: { name: 'python-requests/2.33.0', ja4: 't13d1811h1_85036bcba153_d41ae481755e' },
  apt: { name: 'Debian APT-HTTP/1.3 (2.9.8)', ja4: 't13d2913h1_61a7ad8aa9b6_5c1e0f7b2d93' },
  sdk: { name: 'lighthouse-sdk/4.2 (electron)', ja4: 't13d1515h2_2e1c0a8f4b7d_7b3c9d11a5e0' },
} as const satisfies Record<string, Agent>;
