import { licencesExpire } from "./sc13-licence.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(licencesExpire);
