import { skewedGateway } from "./sc10-skewed-gateway.ts";
import { testScenario } from "./scenario-suite.ts";

testScenario(skewedGateway);
