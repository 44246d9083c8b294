import { sandstorm } from "./sc23-sandstorm.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(sandstorm);
