import type { JsonObject } from '../../http/json.ts';
import type { Random } from '../random.ts';
import type { PolicySegment } from '../world.ts';

/** One type of policy: a title and a maker of settings with small, seeded differences. */
export interface PolicyTemplate {
  title: string;
  make(random: Random): { own: JsonObject; related: JsonObject[] };
}

const own = (make: (random: Random) => JsonObject) => (random: Random) => ({
  own: make(random),
  related: [],
});

const deviceConfigurations: readonly PolicyTemplate[] = [
  {
    title: 'Windows device restrictions',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.windows10GeneralConfiguration',
      passwordRequired: true,
      passwordMinimumLength: 8 + random.integer(6),
      passwordMinutesOfInactivityBeforeScreenTimeout: 5 + random.integer(20),
      cameraBlocked: random.integer(4) === 0,
      bluetoothBlocked: random.integer(5) === 0,
      usbBlocked: random.integer(3) === 0,
      defenderRequireRealTimeMonitoring: true,
      edgeBlockPopups: true,
    })),
  },
  {
    title: 'Windows update ring',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.windowsUpdateForBusinessConfiguration',
      qualityUpdatesDeferralPeriodInDays: random.integer(14),
      featureUpdatesDeferralPeriodInDays: random.integer(120),
      automaticUpdateMode: 'autoInstallAtMaintenanceTime',
      businessReadyUpdatesOnly: 'businessReadyOnly',
      driversExcluded: random.integer(2) === 0,
    })),
  },
  {
    title: 'Windows disk encryption',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.windows10EndpointProtectionConfiguration',
      bitLockerEncryptDevice: true,
      bitLockerSystemDrivePolicy: {
        encryptionMethod: random.pick(['xtsAes128', 'xtsAes256']),
        startupAuthenticationRequired: true,
        minimumPinLength: 6 + random.integer(4),
      },
      firewallBlockStatefulFTP: true,
    })),
  },
  {
    title: 'Windows custom settings',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
      omaSettings: [
        {
          '@odata.type': '#microsoft.graph.omaSettingInteger',
          displayName: 'Telemetry level',
          omaUri: './Vendor/MSFT/Policy/Config/System/AllowTelemetry',
          value: random.integer(3),
        },
        {
          '@odata.type': '#microsoft.graph.omaSettingString',
          displayName: 'Time zone',
          omaUri: './Device/Vendor/MSFT/Policy/Config/TimeLanguageSettings/ConfigureTimeZone',
          value: random.pick(['W. Europe Standard Time', 'Eastern Standard Time', 'Tokyo Standard Time']),
        },
      ],
    })),
  },
  {
    title: 'iOS device restrictions',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration',
      passcodeRequired: true,
      passcodeMinimumLength: 6 + random.integer(3),
      appStoreBlockAutomaticDownloads: true,
      iCloudBlockBackup: random.integer(2) === 0,
      screenCaptureBlocked: random.integer(3) === 0,
    })),
  },
  {
    title: 'Android work profile',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.androidWorkProfileGeneralDeviceConfiguration',
      passwordMinimumLength: 6 + random.integer(4),
      workProfileBlockScreenCapture: true,
      workProfileDataSharingType: random.pick(['preventAny', 'allowPersonalToWork']),
    })),
  },
  {
    title: 'macOS device restrictions',
    make: own((random) => ({
      '@odata.type': '#microsoft.graph.macOSGeneralDeviceConfiguration',
      passwordRequired: true,
      passwordMinimumLength: 8 + random.integer(5),
      safariBlockAutofill: random.integer(2) === 0,
      updateDelayPolicy: random.pick(['none', 'delayOSUpdateVisibility']),
    })),
  },
];

const blockAction = (graceHours: number): JsonObject[] => [
  {
    ruleName: 'PasswordRequired',
    scheduledActionConfigurations: [
      {
        actionType: 'block',
        gracePeriodHours: graceHours,
        notificationTemplateId: '',
        notificationMessageCCList: [],
      },
    ],
  },
];

function compliance(title: string, make: (random: Random) => JsonObject): PolicyTemplate {
  return { title, make: (random) => ({ own: make(random), related: blockAction(random.pick([0, 24, 72])) }) };
}

const deviceCompliancePolicies: readonly PolicyTemplate[] = [
  compliance('Windows compliance', (random) => ({
    '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
    bitLockerEnabled: true,
    secureBootEnabled: true,
    passwordRequired: true,
    passwordMinimumLength: 8 + random.integer(6),
    osMinimumVersion: random.pick(['10.0.19045', '10.0.22631', '10.0.26100']),
  })),
  compliance('iOS compliance', (random) => ({
    '@odata.type': '#microsoft.graph.iosCompliancePolicy',
    passcodeRequired: true,
    securityBlockJailbrokenDevices: true,
    osMinimumVersion: random.pick(['17.0', '18.0']),
  })),
  compliance('Android compliance', (random) => ({
    '@odata.type': '#microsoft.graph.androidWorkProfileCompliancePolicy',
    passwordRequired: true,
    securityBlockJailbrokenDevices: true,
    storageRequireEncryption: true,
    minAndroidSecurityPatchLevel: random.pick(['2025-06-01', '2025-10-01']),
  })),
  compliance('macOS compliance', (random) => ({
    '@odata.type': '#microsoft.graph.macOSCompliancePolicy',
    storageRequireEncryption: true,
    firewallEnabled: true,
    osMinimumVersion: random.pick(['14.0', '15.0']),
  })),
];

interface Catalogue {
  title: string;
  platforms: string;
  family: string;
  settings: readonly string[];
}

function catalogue(shape: Catalogue): PolicyTemplate {
  return {
    title: shape.title,
    make: (random) => ({
      own: {
        platforms: shape.platforms,
        technologies: shape.platforms === 'macOS' ? 'mdm,appleRemoteManagement' : 'mdm',
        templateReference: {
          templateId: shape.family === 'none' ? '' : `${shape.family}_1`,
          templateFamily: shape.family,
          templateDisplayName: shape.family === 'none' ? null : shape.title,
          templateDisplayVersion: shape.family === 'none' ? null : 'Version 1',
        },
      },
      related: shape.settings.map((definition, index) => ({
        id: String(index),
        settingInstance: {
          '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
          settingDefinitionId: definition,
          choiceSettingValue: { value: `${definition}_${random.integer(2)}`, children: [] },
        },
      })),
    }),
  };
}

const configurationPolicies: readonly PolicyTemplate[] = [
  catalogue({
    title: 'Defender antivirus',
    platforms: 'windows10',
    family: 'endpointSecurityAntivirus',
    settings: [
      'device_vendor_msft_policy_config_defender_allowarchivescanning',
      'device_vendor_msft_policy_config_defender_allowbehaviormonitoring',
      'device_vendor_msft_policy_config_defender_allowcloudprotection',
    ],
  }),
  catalogue({
    title: 'Attack surface reduction',
    platforms: 'windows10',
    family: 'endpointSecurityAttackSurfaceReduction',
    settings: [
      'device_vendor_msft_policy_config_defender_attacksurfacereductionrules',
      'device_vendor_msft_policy_config_defender_enablecontrolledfolderaccess',
    ],
  }),
  catalogue({
    title: 'Windows firewall',
    platforms: 'windows10',
    family: 'endpointSecurityFirewall',
    settings: [
      'vendor_msft_firewall_mdmstore_domainprofile_enablefirewall',
      'vendor_msft_firewall_mdmstore_publicprofile_enablefirewall',
    ],
  }),
  catalogue({
    title: 'Edge browser settings',
    platforms: 'windows10',
    family: 'none',
    settings: [
      'device_vendor_msft_policy_config_microsoft_edge~policy~passwordmanagerenabled',
      'device_vendor_msft_policy_config_microsoft_edge~policy~smartscreenenabled',
      'device_vendor_msft_policy_config_microsoft_edge~policy~syncdisabled',
    ],
  }),
  catalogue({
    title: 'macOS FileVault',
    platforms: 'macOS',
    family: 'endpointSecurityDiskEncryption',
    settings: ['com.apple.mcx.filevault2_enable', 'com.apple.mcx.filevault2_defer'],
  }),
];

/** The policy types of each family. */
export const policyTemplates: Record<PolicySegment, readonly PolicyTemplate[]> = {
  deviceConfigurations,
  deviceCompliancePolicies,
  configurationPolicies,
};
