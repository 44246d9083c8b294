import { certificatesEnd } from "./sc19-health-certificates.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(certificatesEnd);
