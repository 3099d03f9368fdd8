/**
 * Every platform, in the order in which they are tried: the first match wins. Where two can match the same name, the
 * narrower one stands first (`aws-s3-website` before `aws-s3`); the test beside this file finds such pairs.
 */
import type { Platform } from '../platform.ts';
import { alibabaApiGateway, alibabaFc, alibabaOss } from './alibaba.ts';
import { appwrite } from './appwrite.ts';
import {
  awsAmplify,
  awsApiGateway,
  awsAppRunner,
  awsCloudfront,
  awsElasticBeanstalk,
  awsLambdaUrl,
  awsLightsailContainer,
  awsS3,
  awsS3Website,
} from './aws.ts';
import {
  azureApiManagement,
  azureAppService,
  azureBlob,
  azureCdn,
  azureContainerApps,
  azureContainerInstances,
  azureFrontDoor,
  azureLogicApps,
  azureRelay,
  azureStaticWebApps,
  azureStorageWebsite,
  azureTrafficManager,
} from './azure.ts';
import { baiduCfc } from './baidu.ts';
import { begetApp } from './beget.ts';
import { bunnyCdn, bunnyEdge } from './bunny.ts';
import { cleverCloud } from './clever-cloud.ts';
import {
  cloudflarePages,
  cloudflareQuickTunnel,
  cloudflareR2,
  cloudflareTunnel,
  cloudflareWorkers,
} from './cloudflare.ts';
import { codesandbox } from './codesandbox.ts';
import { convex } from './convex.ts';
import { cyclic } from './cyclic.ts';
import { denoDeploy } from './deno.ts';
import { deta } from './deta.ts';
import { digitaloceanAppPlatform, digitaloceanFunctions } from './digitalocean.ts';
import { fastlyCdn, fastlyCompute } from './fastly.ts';
import { fermyon } from './fermyon.ts';
import { fleek } from './fleek.ts';
import { flyIo } from './fly.ts';
import { githubCodespaces, githubPages } from './github.ts';
import { gitlabPages } from './gitlab.ts';
import { glitch } from './glitch.ts';
import { firebaseAppHosting, firebaseHosting, firebaseRtdb, googleAppsScript } from './google.ts';
import { gcpApiGateway, gcpAppEngine, gcpCloudFunctions, gcpCloudRun, gcpStorage } from './google-cloud.ts';
import { huaweiApig } from './huawei.ts';
import { hfSpaces } from './hugging-face.ts';
import { ibmCloudFunctions, ibmCodeEngine, ibmCos } from './ibm.ts';
import { koyeb } from './koyeb.ts';
import { leapcell } from './leapcell.ts';
import { localhostRun } from './localhost-run.ts';
import { localtonet } from './localtonet.ts';
import { localtunnel } from './localtunnel.ts';
import { lovable } from './lovable.ts';
import { azureDevTunnels, powerAutomate } from './microsoft.ts';
import { modal } from './modal.ts';
import { zrok } from './netfoundry.ts';
import { netlify } from './netlify.ts';
import { ngrok } from './ngrok.ts';
import { northflank } from './northflank.ts';
import { oracleFunctions, oracleObjectStorage } from './oracle.ts';
import { pinggy } from './pinggy.ts';
import { pipedream } from './pipedream.ts';
import { playit } from './playit.ts';
import { portmap } from './portmap.ts';
import { pythonanywhere } from './pythonanywhere.ts';
import { railway } from './railway.ts';
import { render } from './render.ts';
import { replit } from './replit.ts';
import { heroku } from './salesforce.ts';
import { scalewayFunctions, scalewayObject } from './scaleway.ts';
import { serveo } from './serveo.ts';
import { stackblitz } from './stackblitz.ts';
import { supabase } from './supabase.ts';
import { surge } from './surge.ts';
import { tailscaleFunnel } from './tailscale.ts';
import { tencentApiGateway, tencentCloudbase, tencentCos, tencentEdgeone, tencentScf } from './tencent.ts';
import { valTown } from './val-town.ts';
import { vercel } from './vercel.ts';
import { wasmer } from './wasmer.ts';
import { base44 } from './wix.ts';
import { yandexCloud } from './yandex.ts';
import { zeabur } from './zeabur.ts';

export const platforms: readonly Platform[] = [
  awsLambdaUrl,
  awsApiGateway,
  awsCloudfront,
  awsAmplify,
  awsAppRunner,
  awsElasticBeanstalk,
  awsS3Website,
  awsS3,
  awsLightsailContainer,
  azureAppService,
  azureContainerApps,
  azureStaticWebApps,
  azureFrontDoor,
  azureCdn,
  azureLogicApps,
  powerAutomate,
  azureApiManagement,
  azureBlob,
  azureStorageWebsite,
  azureTrafficManager,
  azureContainerInstances,
  azureDevTunnels,
  azureRelay,
  gcpCloudFunctions,
  gcpCloudRun,
  gcpAppEngine,
  firebaseHosting,
  firebaseAppHosting,
  firebaseRtdb,
  gcpApiGateway,
  googleAppsScript,
  gcpStorage,
  cloudflareWorkers,
  cloudflarePages,
  cloudflareR2,
  cloudflareQuickTunnel,
  cloudflareTunnel,
  vercel,
  netlify,
  denoDeploy,
  fastlyCompute,
  fastlyCdn,
  flyIo,
  render,
  railway,
  heroku,
  supabase,
  appwrite,
  glitch,
  replit,
  codesandbox,
  stackblitz,
  valTown,
  pipedream,
  zeabur,
  koyeb,
  northflank,
  digitaloceanAppPlatform,
  digitaloceanFunctions,
  oracleFunctions,
  oracleObjectStorage,
  ibmCodeEngine,
  ibmCloudFunctions,
  ibmCos,
  alibabaFc,
  alibabaApiGateway,
  alibabaOss,
  tencentScf,
  tencentApiGateway,
  tencentEdgeone,
  tencentCloudbase,
  tencentCos,
  huaweiApig,
  baiduCfc,
  yandexCloud,
  scalewayFunctions,
  scalewayObject,
  bunnyCdn,
  bunnyEdge,
  wasmer,
  fermyon,
  ngrok,
  localtunnel,
  localhostRun,
  serveo,
  pinggy,
  playit,
  portmap,
  localtonet,
  zrok,
  tailscaleFunnel,
  githubCodespaces,
  githubPages,
  gitlabPages,
  surge,
  hfSpaces,
  leapcell,
  convex,
  modal,
  pythonanywhere,
  cleverCloud,
  lovable,
  base44,
  begetApp,
  fleek,
  cyclic,
  deta,
];
