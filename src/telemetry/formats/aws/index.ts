import type { Format } from '../../format.ts';
import { awsResolver, awsRoute53Public } from './route53.ts';
import { awsVpcFlow, awsVpcFlowJson } from './vpc-flow.ts';
import { awsCloudFront, awsCloudFrontJson, awsLoadBalancer, awsWaf } from './web.ts';

/** Amazon Web Services. Network Firewall wraps Suricata's EVE, and Security Lake holds OCSF: both are read as what they are. */
export const aws: readonly Format[] = [
  awsResolver,
  awsRoute53Public,
  awsVpcFlow,
  awsVpcFlowJson,
  awsWaf,
  awsLoadBalancer,
  awsCloudFront,
  awsCloudFrontJson,
];
